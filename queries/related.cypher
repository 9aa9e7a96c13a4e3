// What is something connected with, by facts and by posts?
// entity: Entity, required. Whose neighbours.
// type: type, optional. Only neighbours of this type.
// min_support: integer, default 1. Independent posts that name both at least.
// min_confidence: number, default 0. Confidence of each claim that makes a fact at least, 0 to 1.
// limit: integer, default 50. Rows at most.
// columns: name, type, facts, support, key
// facts counts the predicates that join the two, either way round; support the independent posts that name both.
MATCH (e:Entity {id: $entity})
CALL (e) {
  MATCH (e)<-[:MENTIONS]-(p:Post)
  MATCH (p)-[:MENTIONS]->(o:Entity)
  WHERE o.id <> $entity AND ($type IS NULL OR $type IN labels(o))
  RETURN o.id AS key, o.name AS name, coalesce(o.path, o.id) AS path, [label IN labels(o) WHERE label <> 'Entity'][0] AS type, count(DISTINCT p.original) AS together, 0 AS joined
  UNION ALL
  MATCH (e)-[r]-(o:Entity)
  WHERE NOT r.hedged AND r.confidence >= $min_confidence AND o.id <> $entity AND ($type IS NULL OR $type IN labels(o))
  RETURN o.id AS key, o.name AS name, coalesce(o.path, o.id) AS path, [label IN labels(o) WHERE label <> 'Entity'][0] AS type, 0 AS together, count(DISTINCT CASE WHEN startNode(r).id = $entity THEN 'to ' ELSE 'from ' END + type(r)) AS joined
}
WITH key, name, path, type, sum(joined) AS facts, sum(together) AS support
WHERE support >= $min_support AND support > 0
RETURN name, type, facts, support, key
ORDER BY facts DESC, support DESC, name, path
LIMIT $limit
