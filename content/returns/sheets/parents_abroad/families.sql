-- Families of which a parent is abroad, by who left.
SELECT county AS place, period, who AS col, count(DISTINCT household) AS value
FROM abroad
GROUP BY ALL
