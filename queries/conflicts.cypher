// Where do posts contradict each other?
// entity: Entity, optional. Only contradictions about it.
// min_support: integer, default 1. Independent posts on either side at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, predicate, about, value, other_value, support, other_support, post, other_post, key
// Compared are numbers of parameters, dates, and scores in one metric on one benchmark. The better supported side comes first,
// of two that are equally well supported the smaller. A copy of a post does not contradict it, nor does a date another that is only more precise; rumours do not count.
CALL () {
  MATCH (e:Entity {id: $entity})-[r:PARAMETER_COUNT|RELEASED_ON|EVALUATED_ON]->(o) RETURN e, r, o
  UNION ALL
  UNWIND CASE WHEN $entity IS NULL THEN [1] ELSE [] END AS once
  MATCH (e:Entity)-[r:PARAMETER_COUNT|RELEASED_ON|EVALUATED_ON]->(o) RETURN e, r, o
}
WITH e, r, o, type(r) AS kind
WHERE NOT r.hedged AND r.confidence >= $min_confidence AND (kind <> 'EVALUATED_ON' OR coalesce(r.score, r.score_text) IS NOT NULL)
WITH e.id AS key, coalesce(e.path, e.id) AS path, e.name AS name, toLower(kind) AS predicate,
  CASE kind WHEN 'EVALUATED_ON' THEN o.name + coalesce(', ' + r.metric, '') ELSE '' END AS about,
  CASE kind WHEN 'EVALUATED_ON' THEN r.score ELSE o.number END AS number,
  CASE kind WHEN 'EVALUATED_ON' THEN r.score_text ELSE o.name END AS text,
  count(DISTINCT r.original) AS support, min(r.original) AS source,
  min(coalesce(r.date, '9999') + ' ' + coalesce(r.post_path, r.post) + '\n' + r.post) AS place
WHERE support >= $min_support
WITH key, path, name, predicate, about, collect({number: number, text: text, support: support, source: source, place: place}) AS sides
WHERE size(sides) > 1
UNWIND sides AS a
UNWIND sides AS b
WITH key, path, name, predicate, about, a, b
WHERE (a.support > b.support OR a.support = b.support AND (a.number < b.number
    OR a.number IS NOT NULL AND b.number IS NULL OR a.number IS NULL AND b.number IS NULL AND a.text < b.text))
  AND (a.support > 1 OR a.source <> b.source)
  AND (predicate <> 'released_on' OR NOT (a.text STARTS WITH b.text OR b.text STARTS WITH a.text))
RETURN name, predicate, about, coalesce(a.number, a.text) AS value, coalesce(b.number, b.text) AS other_value, a.support AS support, b.support AS other_support,
  split(a.place, '\n')[1] AS post, split(b.place, '\n')[1] AS other_post, key
ORDER BY name, predicate, about, support DESC, other_support DESC, value, other_value, path
LIMIT $limit
