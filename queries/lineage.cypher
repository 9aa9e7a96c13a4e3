// On what is a model or program based, and what is based on it?
// entity: Model, required. Where to start: a model or a program.
// depth: integer, default 6. Steps at most, up to 6.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: direction, name, type, depth, key
// The depth is the shortest way. Rumours do not count. SPARQL cannot count the steps of kg:basedOn+, hence the list;
// each step keeps every entity once, so that many ways to the same place cost no more than one.
CALL () {
  MATCH (:Entity {id: $entity})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 1
  RETURN collect(DISTINCT k.id) AS base1
}
CALL (base1) {
  UNWIND base1 AS i MATCH (:Entity {id: i})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 2
  RETURN collect(DISTINCT k.id) AS base2
}
CALL (base2) {
  UNWIND base2 AS i MATCH (:Entity {id: i})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 3
  RETURN collect(DISTINCT k.id) AS base3
}
CALL (base3) {
  UNWIND base3 AS i MATCH (:Entity {id: i})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 4
  RETURN collect(DISTINCT k.id) AS base4
}
CALL (base4) {
  UNWIND base4 AS i MATCH (:Entity {id: i})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 5
  RETURN collect(DISTINCT k.id) AS base5
}
CALL (base5) {
  UNWIND base5 AS i MATCH (:Entity {id: i})-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 6
  RETURN collect(DISTINCT k.id) AS base6
}
CALL () {
  MATCH (:Entity {id: $entity})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 1
  RETURN collect(DISTINCT k.id) AS made1
}
CALL (made1) {
  UNWIND made1 AS i MATCH (:Entity {id: i})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 2
  RETURN collect(DISTINCT k.id) AS made2
}
CALL (made2) {
  UNWIND made2 AS i MATCH (:Entity {id: i})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 3
  RETURN collect(DISTINCT k.id) AS made3
}
CALL (made3) {
  UNWIND made3 AS i MATCH (:Entity {id: i})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 4
  RETURN collect(DISTINCT k.id) AS made4
}
CALL (made4) {
  UNWIND made4 AS i MATCH (:Entity {id: i})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 5
  RETURN collect(DISTINCT k.id) AS made5
}
CALL (made5) {
  UNWIND made5 AS i MATCH (:Entity {id: i})<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 6
  RETURN collect(DISTINCT k.id) AS made6
}
UNWIND [
  {direction: 'is based on', steps: 1, keys: base1},
  {direction: 'is based on', steps: 2, keys: base2},
  {direction: 'is based on', steps: 3, keys: base3},
  {direction: 'is based on', steps: 4, keys: base4},
  {direction: 'is based on', steps: 5, keys: base5},
  {direction: 'is based on', steps: 6, keys: base6},
  {direction: 'is the base of', steps: 1, keys: made1},
  {direction: 'is the base of', steps: 2, keys: made2},
  {direction: 'is the base of', steps: 3, keys: made3},
  {direction: 'is the base of', steps: 4, keys: made4},
  {direction: 'is the base of', steps: 5, keys: made5},
  {direction: 'is the base of', steps: 6, keys: made6}
] AS level
UNWIND level.keys AS key
WITH level.direction AS direction, key, min(level.steps) AS depth
WHERE key <> $entity
MATCH (k:Entity {id: key})
RETURN direction, k.name AS name, [label IN labels(k) WHERE label <> 'Entity'][0] AS type, depth, key
ORDER BY direction, depth, name, coalesce(k.path, k.id)
LIMIT $limit
