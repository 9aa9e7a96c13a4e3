// Who says so: the sentences behind a fact
// subject: Entity, one of. Of what it is said.
// predicate: predicate, one of. What is said: developed_by, evaluated_on, ...
// object: Entity, one of. The other side of it.
// since: date, optional. Posts from this day, month or year on.
// until: date, optional. Posts up to this day, month or year.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: subject, predicate, object, score, metric, hedged, sentence, date, channel, url, confidence, post, claim
CALL () {
  MATCH (s:Entity {id: $subject})-[r]->(o) WHERE ($object IS NULL OR o.id = $object) RETURN s, r, o
  UNION ALL
  MATCH (o:Entity {id: $object})<-[r]-(s:Entity) WHERE $subject IS NULL RETURN s, r, o
  UNION ALL
  UNWIND CASE WHEN $subject IS NULL AND $object IS NULL THEN [1] ELSE [] END AS once
  MATCH (s:Entity)-[r]->(o) WHERE type(r) = $predicate RETURN s, r, o
}
WITH s, r, o
WHERE ($predicate IS NULL OR type(r) = $predicate) AND r.confidence >= $min_confidence AND coalesce(r.date, '9999') >= $since
  AND substring(coalesce(r.date, '9999'), 0, size($until)) <= $until
RETURN s.name AS subject, toLower(type(r)) AS predicate, o.name AS object, coalesce(r.score, r.score_text) AS score, r.metric AS metric,
  r.hedged AS hedged, r.sentence AS sentence, r.date AS date, r.channel AS channel, r.post_url AS url, r.confidence AS confidence,
  r.post AS post, r.id AS claim
ORDER BY coalesce(r.date, '9999'), coalesce(r.post_path, r.post), r.char_start, subject, predicate, object, claim
LIMIT $limit
