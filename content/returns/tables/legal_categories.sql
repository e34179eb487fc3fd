-- Everybody who lives in a household on record, by the category of the law that their age gives.
SELECT CASE WHEN age < 18 THEN 'child' WHEN age < 26 THEN 'young' WHEN age < 65 THEN 'adult' ELSE 'older' END AS line,
       period, keeper, count(DISTINCT person) AS value
FROM lives
JOIN place p ON p.county = lives.county
WHERE age IS NOT NULL
GROUP BY ALL
