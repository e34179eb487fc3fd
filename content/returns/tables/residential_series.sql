-- Children in residential services on the last month, by age in full years and by who runs the service.
SELECT CASE WHEN is_private THEN 'fpa' ELSE 'dgaspc' END AS line,
       CASE WHEN age < 1 THEN '<1' WHEN age <= 2 THEN '1-2' WHEN age <= 6 THEN '3-6' WHEN age <= 9 THEN '7-9'
            WHEN age <= 13 THEN '10-13' WHEN age <= 17 THEN '14-17' ELSE '>18' END AS col,
       period, keeper, count(DISTINCT child) AS value
FROM measures
WHERE kind IN ('placement_residential', 'emergency_placement', 'protection_18_plus') AND age IS NOT NULL
GROUP BY ALL
