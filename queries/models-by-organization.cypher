// Which models does an organization have, and since when?
// organization: Organization, required. Who made them.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_support: integer, default 1. Independent posts at least.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: model, first_seen, last_seen, support, key
MATCH (:Entity {id: $organization})<-[r:DEVELOPED_BY]-(m:Model)
WHERE NOT r.hedged AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
WITH m, min(coalesce(r.date, '9999')) AS first, max(coalesce(r.date, '9999')) AS last, count(DISTINCT r.original) AS support
WHERE support >= $min_support
RETURN m.name AS model, CASE first WHEN '9999' THEN '' ELSE first END AS first_seen,
  CASE last WHEN '9999' THEN '' ELSE last END AS last_seen, support, m.id AS key
ORDER BY support DESC, first_seen, model, coalesce(m.path, m.id)
LIMIT $limit
