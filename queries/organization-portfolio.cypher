// What has an organization made, of every type, and what is known of each?
// organization: Organization, required. Who made it.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: type, name, parameters, released, benchmarks, first_seen, support, key
// Where reports differ: the largest number of parameters, the earliest date. See conflicts.
MATCH (:Entity {id: $organization})<-[r:DEVELOPED_BY]-(e:Entity)
WHERE NOT r.hedged AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH e, min(coalesce(r.date, '9999')) AS first, count(DISTINCT r.original) AS support
WHERE support >= $min_support
OPTIONAL MATCH (e)-[p:PARAMETER_COUNT]->(number:Literal) WHERE NOT p.hedged
WITH e, first, support, max(number.number) AS parameters
OPTIONAL MATCH (e)-[d:RELEASED_ON]->(date:Literal) WHERE NOT d.hedged
WITH e, first, support, parameters, min(date.name) AS released
OPTIONAL MATCH (e)-[v:EVALUATED_ON]->(benchmark:Entity) WHERE NOT v.hedged
WITH e, first, support, parameters, released, count(DISTINCT benchmark) AS benchmarks
RETURN [label IN labels(e) WHERE label <> 'Entity'][0] AS type, e.name AS name,
  CASE WHEN parameters > 0 THEN parameters END AS parameters, released, benchmarks,
  CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, support, e.id AS key
ORDER BY type, support DESC, first_seen, name, coalesce(e.path, e.id)
LIMIT $limit
