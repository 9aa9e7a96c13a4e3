// Of which models is something not known?
// missing: predicate, default developed_by. What no post says (unless as a rumour): evaluated_on, runs_on, ...
// type: type, default Model. Entities of this type.
// min_support: integer, default 1. Independent posts that name them at least.
// min_confidence: number, default 0. What only less sure claims say is missing too, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, type, support, last_seen, key
// support and last_seen stand on the entity, and in said the types of what is claimed of it other than as a rumour.
MATCH (e:$($type))
WHERE e.support >= $min_support AND e.support > 0 AND NOT ($missing IN e.said
  AND ($min_confidence <= 0 OR EXISTS { MATCH (e)-[r]->() WHERE type(r) = $missing AND NOT r.hedged AND r.confidence >= $min_confidence }))
RETURN e.name AS name, $type AS type, e.support AS support, e.last_seen AS last_seen, e.id AS key
ORDER BY support DESC, name, coalesce(e.path, e.id)
LIMIT $limit
