// Which models does a model beat, and which beat it?
// model: Model, required. The model to compare.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: direction, other, hedged, first_seen, support, post, key
MATCH (m:Entity {id: $model})-[r:OUTPERFORMS]-(o:Entity)
WHERE r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH CASE WHEN startNode(r).id = $model THEN 'beats' ELSE 'is beaten by' END AS direction, o, r.hedged AS hedged,
  min(coalesce(r.date, '9999')) AS first,
  min(coalesce(r.date, '9999') + ' ' + coalesce(r.post_path, r.post) + '\n' + r.post) AS place, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN direction, o.name AS other, hedged, CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, support,
  split(place, '\n')[1] AS post, o.id AS key
ORDER BY direction, hedged, support DESC, other, coalesce(o.path, o.id)
LIMIT $limit
