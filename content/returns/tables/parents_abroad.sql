-- Children whose parents are abroad, by who left.
SELECT who AS line, period, keeper, count(DISTINCT person) AS value
FROM abroad
JOIN place p ON p.county = abroad.county
GROUP BY ALL
