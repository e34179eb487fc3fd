-- Children whose parents are abroad, by who left.
SELECT county AS place, period, who AS col, count(DISTINCT person) AS value
FROM abroad
GROUP BY ALL
