// What is written about more than in the period before?
// since: date, required. First day of the period: 2025-01-01.
// until: date, required. Last day of the period: 2025-01-31.
// type: type, optional. Only entities of this type.
// min_support: integer, default 1. Independent posts in the period at least.
// min_confidence: number, default 0. Above 0: only what a claim at least so sure is about, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, type, support, before, change, key
// The period before is as long and ends the day before. Posts that repeat each other count once.
WITH toString(date($since) - duration({days: duration.inDays(date($since), date($until)).days + 1})) AS before
MATCH (p:Post) WHERE p.date >= before AND p.date <= $until
MATCH (p)-[:MENTIONS]->(e:Entity)
WHERE ($type IS NULL OR $type IN labels(e)) AND ($min_confidence <= 0 OR e.confidence >= $min_confidence)
WITH e.id AS key, e.name AS name, coalesce(e.path, e.id) AS path, [label IN labels(e) WHERE label <> 'Entity'][0] AS type,
  count(DISTINCT CASE WHEN p.date >= $since THEN p.original END) AS support,
  count(DISTINCT CASE WHEN p.date < $since THEN p.original END) AS before
WHERE support >= $min_support
RETURN name, type, support, before, support - before AS change, key
ORDER BY change DESC, support DESC, name, path
LIMIT $limit
