// On what is a model or program based, and what is based on it?
// entity: Model, required. Where to start: a model or a program.
// depth: integer, default 6. Steps at most, up to 6.
// min_confidence: number, default 0. Confidence of each claim at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: direction, name, type, depth, key
// The depth is the shortest way. Rumours do not count. SPARQL cannot count the steps of kg:basedOn+, hence the list;
// each step keeps every entity once, so that many ways to the same place cost no more than one.
MATCH (e:Entity {id: $entity})
CALL (e) {
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 1 WITH DISTINCT k
  RETURN 'is based on' AS direction, 1 AS steps, k
  UNION ALL
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 2 WITH DISTINCT k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is based on' AS direction, 2 AS steps, k
  UNION ALL
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 3 WITH DISTINCT k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is based on' AS direction, 3 AS steps, k
  UNION ALL
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 4 WITH DISTINCT k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is based on' AS direction, 4 AS steps, k
  UNION ALL
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 5 WITH DISTINCT k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is based on' AS direction, 5 AS steps, k
  UNION ALL
  MATCH (e)-[r:BASED_ON]->(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 6 WITH DISTINCT k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)-[r:BASED_ON]->(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is based on' AS direction, 6 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 1 WITH DISTINCT k
  RETURN 'is the base of' AS direction, 1 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 2 WITH DISTINCT k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is the base of' AS direction, 2 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 3 WITH DISTINCT k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is the base of' AS direction, 3 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 4 WITH DISTINCT k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is the base of' AS direction, 4 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 5 WITH DISTINCT k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is the base of' AS direction, 5 AS steps, k
  UNION ALL
  MATCH (e)<-[r:BASED_ON]-(k:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND $depth >= 6 WITH DISTINCT k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  MATCH (k)<-[r:BASED_ON]-(next:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence WITH DISTINCT next AS k
  RETURN 'is the base of' AS direction, 6 AS steps, k
}
WITH direction, k, min(steps) AS depth
WHERE k.id <> $entity
RETURN direction, k.name AS name, [label IN labels(k) WHERE label <> 'Entity'][0] AS type, depth, k.id AS key
ORDER BY direction, depth, name, coalesce(k.path, k.id)
LIMIT $limit
