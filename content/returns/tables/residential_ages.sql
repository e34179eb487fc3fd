-- Children whose measure holds a place in a residential service on the last month, by its code and by age in full years.
SELECT code AS line,
       CASE WHEN age < 1 THEN '<1' WHEN age <= 2 THEN '1-2' WHEN age <= 6 THEN '3-6' WHEN age <= 9 THEN '7-9'
            WHEN age <= 13 THEN '10-13' WHEN age <= 17 THEN '14-17' ELSE '>18' END AS col,
       period, keeper, count(DISTINCT child) AS value
FROM measures
WHERE code IS NOT NULL AND age IS NOT NULL
  AND kind IN ('placement_residential', 'emergency_placement', 'protection_18_plus')
GROUP BY ALL
