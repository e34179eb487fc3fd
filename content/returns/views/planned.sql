-- Households with a plan of services adopted by the end of each period.
SELECT DISTINCT a.period AS period, p.household AS household
FROM plans p
JOIN asked a ON p.adopted <= a.last
