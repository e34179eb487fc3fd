-- Adults who have a certificate in force on the last month and live outside an institution. Deafblindness is told with
-- the associated kinds, as the table has no column for it.
SELECT CASE grade WHEN 'severe_assistant' THEN 'severe' ELSE grade END AS line, CASE kind WHEN 'deafblind' THEN 'associated' ELSE kind END AS col,
       period, keeper, count(DISTINCT person) AS value
FROM certificates
WHERE age >= 18
GROUP BY ALL
