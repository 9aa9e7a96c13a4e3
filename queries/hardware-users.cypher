// What runs on, or was trained on, a piece of hardware?
// hardware: Hardware, required. The chip, board, machine or supercomputer.
// phase: string, optional. Only this phase: training or inference.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, type, phase, count, hedged, first_seen, support, key
MATCH (:Entity {id: $hardware})<-[r:RUNS_ON]-(e:Entity)
WHERE ($phase = '' OR coalesce(r.phase, '') = toLower($phase)) AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH e, coalesce(r.phase, '') AS phase, coalesce(r.count, r.count_text) AS count, r.hedged AS hedged,
  min(coalesce(r.date, '9999')) AS first, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN e.name AS name, [label IN labels(e) WHERE label <> 'Entity'][0] AS type, phase, count, hedged,
  CASE first WHEN '9999' THEN '' ELSE first END AS first_seen, support, e.id AS key
ORDER BY hedged, support DESC, name, type, phase, count IS NULL, count DESC, coalesce(e.path, e.id)
LIMIT $limit
