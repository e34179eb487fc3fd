-- Children who have a certificate in force on the last month of the period and live with a family.
SELECT CASE grade WHEN 'severe_assistant' THEN 'severe' ELSE grade END AS line, 'n' AS col, period, keeper, count(DISTINCT person) AS value
FROM certificates
WHERE age < 18
GROUP BY ALL
