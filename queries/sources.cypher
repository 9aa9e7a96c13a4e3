// Which channels say how much, and who says it first?
// entity: Entity, optional. Only claims of which it is the subject.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: channel, posts, claims, first_said, first_post, last_post
// first_said counts the facts (subject, predicate, object) that this channel said before any other.
CALL () {
  MATCH (:Entity {id: $entity})-[r]->() WHERE r.confidence >= $min_confidence
  RETURN coalesce(r.channel, '') AS channel, count(DISTINCT r.post) AS posts, count(r) AS claims, 0 AS firsts,
    min(coalesce(r.date, '9999')) AS first, max(coalesce(r.date, '9999')) AS last
  UNION ALL
  MATCH (:Entity {id: $entity})-[r]->(o) WHERE r.confidence >= $min_confidence
  WITH type(r) AS predicate, o.id AS object, min(coalesce(r.published, r.date, '9999') + ' ' + coalesce(r.channel, '')) AS said
  RETURN substring(said, size(split(said, ' ')[0]) + 1) AS channel, 0 AS posts, 0 AS claims, count(*) AS firsts, null AS first, null AS last
  UNION ALL
  UNWIND CASE WHEN $entity IS NULL THEN [1] ELSE [] END AS once
  MATCH (:Entity)-[r]->() WHERE r.confidence >= $min_confidence
  RETURN coalesce(r.channel, '') AS channel, count(DISTINCT r.post) AS posts, count(r) AS claims, 0 AS firsts,
    min(coalesce(r.date, '9999')) AS first, max(coalesce(r.date, '9999')) AS last
  UNION ALL
  UNWIND CASE WHEN $entity IS NULL THEN [1] ELSE [] END AS once
  MATCH (s:Entity)-[r]->(o) WHERE r.confidence >= $min_confidence
  WITH s.id AS subject, type(r) AS predicate, o.id AS object, min(coalesce(r.published, r.date, '9999') + ' ' + coalesce(r.channel, '')) AS said
  RETURN substring(said, size(split(said, ' ')[0]) + 1) AS channel, 0 AS posts, 0 AS claims, count(*) AS firsts, null AS first, null AS last
}
WITH channel, sum(posts) AS posts, sum(claims) AS claims, sum(firsts) AS first_said, min(first) AS first, max(last) AS last
RETURN channel, posts, claims, first_said, CASE first WHEN '9999' THEN '' ELSE first END AS first_post,
  CASE last WHEN '9999' THEN '' ELSE last END AS last_post
ORDER BY first_said DESC, claims DESC, channel
LIMIT $limit
