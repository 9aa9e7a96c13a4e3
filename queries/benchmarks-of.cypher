// On which benchmarks was a model tested, with which results?
// model: Model, required. What was tested.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: benchmark, score, metric, rank, first_seen, support, key
// Rumours are left out.
MATCH (:Entity {id: $model})-[r:EVALUATED_ON]->(b:Entity)
WHERE NOT r.hedged AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH b, coalesce(r.score, r.score_text) AS score, r.metric AS metric, coalesce(r.rank, r.rank_text) AS rank,
  min(coalesce(r.date, '9999')) AS first, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN b.name AS benchmark, score, metric, rank, CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, support, b.id AS key
ORDER BY benchmark, metric IS NOT NULL, metric, score IS NULL, score DESC, rank IS NOT NULL, rank, coalesce(b.path, b.id)
LIMIT $limit
