// Of which models is something not known?
// missing: predicate, default developed_by. What no post says (unless as a rumour): evaluated_on, runs_on, ...
// type: type, default Model. Entities of this type.
// min_support: integer, default 1. Independent posts that name them at least.
// limit: integer, default 50. Rows at most.
// columns: name, type, support, last_seen, key
MATCH (e:Entity)
WHERE $type IN labels(e) AND NOT EXISTS { MATCH (e)-[r]->() WHERE type(r) = $missing AND NOT r.hedged }
MATCH (e)<-[:MENTIONS]-(p:Post)
WITH e, count(DISTINCT p.original) AS support, max(coalesce(p.date, '9999')) AS last
WHERE support >= $min_support
RETURN e.name AS name, $type AS type, support, CASE last WHEN '9999' THEN '' ELSE last END AS last_seen, e.id AS key
ORDER BY support DESC, name, coalesce(e.path, e.id)
LIMIT $limit
