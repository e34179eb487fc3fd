-- Different people in each kind of service in each month: by referrals that were taken up and are not done yet.
SELECT s.code AS line, s.period AS period, s.keeper AS keeper, count(DISTINCT s.person) AS value
FROM served s
JOIN place p ON p.county = s.county
GROUP BY ALL
