-- Different people in each kind of service in each year, by referrals that were taken up.
SELECT s.code AS line, s.period AS period, s.keeper AS keeper, count(DISTINCT s.person) AS value
FROM served s
JOIN place p ON p.county = s.county
GROUP BY ALL
