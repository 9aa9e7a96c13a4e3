// What is said about a model, fact by fact?
// model: Model, required. Whose facts.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: predicate, object, score, metric, rank, phase, count, hedged, first_seen, last_seen, support, key
MATCH (:Entity {id: $model})-[r]->(o)
WHERE r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH toLower(type(r)) AS predicate, o, coalesce(r.score, r.score_text) AS score, r.metric AS metric,
  coalesce(r.rank, r.rank_text) AS rank, r.phase AS phase, coalesce(r.count, r.count_text) AS count, r.hedged AS hedged,
  min(coalesce(r.date, '9999')) AS first, max(coalesce(r.date, '9999')) AS last, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN predicate, o.name AS object, score, metric, rank, phase, count, hedged,
  CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, CASE last WHEN '9999' THEN '' ELSE last END AS last_seen,
  support, CASE WHEN o:Literal THEN '' ELSE o.id END AS key
ORDER BY predicate, hedged, support DESC, object, metric IS NOT NULL, metric, score IS NULL, score DESC,
  rank IS NOT NULL, rank, phase IS NOT NULL, phase, count IS NOT NULL, count, coalesce(o.path, o.id)
LIMIT $limit
