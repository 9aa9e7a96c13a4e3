// What is something connected with, by facts and by posts?
// entity: Entity, required. Whose neighbours.
// type: type, optional. Only neighbours of this type.
// min_support: integer, default 1. Independent posts that name both at least.
// limit: integer, default 50. Rows at most.
// columns: name, type, facts, support, key
// facts counts the predicates that join the two, either way round; support the independent posts that name both.
CALL () {
  MATCH (:Entity {id: $entity})<-[:MENTIONS]-(p:Post)-[:MENTIONS]->(o:Entity)
  WHERE o.id <> $entity AND ($type IS NULL OR $type IN labels(o))
  RETURN o, count(DISTINCT p.original) AS together, 0 AS joined
  UNION ALL
  MATCH (e:Entity {id: $entity})-[r]-(o:Entity) WHERE NOT r.hedged AND o.id <> $entity AND ($type IS NULL OR $type IN labels(o))
  RETURN o, 0 AS together, count(DISTINCT CASE WHEN startNode(r).id = $entity THEN 'to ' ELSE 'from ' END + type(r)) AS joined
}
WITH o, sum(joined) AS facts, sum(together) AS support
WHERE support >= $min_support AND support > 0
RETURN o.name AS name, [label IN labels(o) WHERE label <> 'Entity'][0] AS type, facts, support, o.id AS key
ORDER BY facts DESC, support DESC, name, coalesce(o.path, o.id)
LIMIT $limit
