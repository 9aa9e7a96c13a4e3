// What is something connected with, by facts and by posts?
// entity: Entity, required. Whose neighbours.
// type: type, optional. Only neighbours of this type.
// min_support: integer, default 1. Independent posts that name both at least.
// min_confidence: number, default 0. Confidence of each claim that makes a fact at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, type, facts, support, key
// facts counts the predicates that join the two, either way round; support the independent posts that name both.
CALL () {
  MATCH (:Entity {id: $entity})<-[:MENTIONS]-(p:Post)-[:MENTIONS]->(o:Entity) WHERE o.id <> $entity
  RETURN o.id AS key, count(DISTINCT p.original) AS together, 0 AS joined
  UNION ALL
  MATCH (:Entity {id: $entity})-[r]-(o:Entity) WHERE NOT r.hedged AND r.confidence >= $min_confidence AND o.id <> $entity
  RETURN o.id AS key, 0 AS together, count(DISTINCT CASE WHEN startNode(r).id = $entity THEN 'to ' ELSE 'from ' END + type(r)) AS joined
}
WITH key, sum(joined) AS facts, sum(together) AS support
WHERE support >= $min_support AND support > 0
MATCH (o:Entity {id: key}) WHERE $type IS NULL OR $type IN labels(o)
RETURN o.name AS name, [label IN labels(o) WHERE label <> 'Entity'][0] AS type, facts, support, key
ORDER BY facts DESC, support DESC, name, coalesce(o.path, o.id)
LIMIT $limit
