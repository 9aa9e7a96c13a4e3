// How often is something written about, month by month?
// entity: Entity, required. Of an organization, also what it made.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_confidence: number, default 0. Confidence of each claim of who made it at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: month, posts, support, channels
// support counts posts that repeat each other once. Posts without a date are left out.
MATCH (e:Entity {id: $entity})
CALL (e) {
  MATCH (e)<-[:MENTIONS]-(p:Post) RETURN p.id AS post, p.date AS date, p.original AS original, p.channel AS channel
  UNION
  MATCH (e)<-[r:DEVELOPED_BY]-(made:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence
  WITH DISTINCT made
  MATCH (made)<-[:MENTIONS]-(p:Post) RETURN p.id AS post, p.date AS date, p.original AS original, p.channel AS channel
}
WITH date, original, channel
WHERE date >= $since AND substring(date, 0, size($until)) <= $until
RETURN substring(date, 0, 7) AS month, count(*) AS posts, count(DISTINCT original) AS support, count(DISTINCT channel) AS channels
ORDER BY month
LIMIT $limit
