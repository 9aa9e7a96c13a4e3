// Which models score best on a benchmark?
// benchmark: Benchmark, required. What they were tested on.
// metric: string, optional. Only scores in this metric, as it is written: accuracy.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: model, score, metric, rank, first_seen, support, post, key
// Each distinct score of a model is a row: where reports differ, all of them stand here with their support.
// Rumours are left out. Of metrics that count mistakes the lowest is the best.
MATCH (:Entity {id: $benchmark})<-[r:EVALUATED_ON]-(m:Entity)
WHERE NOT r.hedged AND r.score IS NOT NULL AND ($metric = '' OR toLower(coalesce(r.metric, '')) = toLower($metric))
  AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH m, r.score AS score, coalesce(r.metric, '') AS metric, min(r.rank) AS best, count(r.rank) AS ranked, count(r) AS claims, min(coalesce(r.date, '9999')) AS first,
  min(coalesce(r.date, '9999') + ' ' + coalesce(r.post_path, r.post) + '\n' + r.post) AS place, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN m.name AS model, score, metric, CASE WHEN ranked = claims THEN best END AS rank,
  CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, support,
  split(place, '\n')[1] AS post, m.id AS key
ORDER BY metric, CASE WHEN toLower(metric) IN ['wer', 'cer', 'perplexity', 'ppl', 'fid', 'mae', 'mse', 'rmse', 'loss', 'error rate']
  THEN score ELSE -score END, support DESC, model, coalesce(m.path, m.id)
LIMIT $limit
