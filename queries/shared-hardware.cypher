// Which models and programs run on the same hardware?
// model: Model, one of. One of the two; with --hardware alone, every pair on it.
// hardware: Hardware, one of. What both run on.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: hardware, name, other, key, other_key, hardware_key
// Rumours do not count. Without a model each pair comes once.
CALL () {
  MATCH (m:Entity {id: $model})-[r:RUNS_ON]->(h:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND ($hardware IS NULL OR h.id = $hardware)
  RETURN m, h
  UNION
  MATCH (h:Entity {id: $hardware})<-[r:RUNS_ON]-(m:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $model IS NULL
  RETURN m, h
}
MATCH (h)<-[s:RUNS_ON]-(o:Entity)
WHERE NOT s.hedged AND s.confidence >= $min_confidence AND o.id <> m.id AND ($model IS NOT NULL OR coalesce(m.path, m.id) < coalesce(o.path, o.id))
WITH DISTINCT h, m, o
RETURN h.name AS hardware, m.name AS name, o.name AS other, m.id AS key, o.id AS other_key, h.id AS hardware_key
ORDER BY hardware, name, other, coalesce(h.path, h.id), coalesce(m.path, m.id), coalesce(o.path, o.id)
LIMIT $limit
