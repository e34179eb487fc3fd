-- Households with children, and whether one adult alone lives with them. The sheet asks for single-parent families; that
-- one adult is what the record tells, until kinship is written everywhere.
SELECT period, household, count(*) FILTER (WHERE age >= 18) = 1 AS single
FROM lives
GROUP BY period, household
HAVING count(*) FILTER (WHERE age < 18) > 0
