// How often is something written about, month by month?
// entity: Entity, required. Of an organization, also what it made.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// limit: integer, default 50. Rows at most.
// columns: month, posts, support, channels
// support counts posts that repeat each other once. Posts without a date are left out.
MATCH (e:Entity {id: $entity})
CALL (e) {
  MATCH (e)<-[:MENTIONS]-(p:Post) RETURN p
  UNION
  MATCH (e)<-[r:DEVELOPED_BY]-(made:Entity) WHERE NOT r.hedged
  WITH DISTINCT made
  MATCH (made)<-[:MENTIONS]-(p:Post) RETURN p
}
WITH p
WHERE p.date >= $since AND substring(p.date, 0, size($until)) <= $until
RETURN substring(p.date, 0, 7) AS month, count(p) AS posts, count(DISTINCT p.original) AS support, count(DISTINCT p.channel) AS channels
ORDER BY month
LIMIT $limit
