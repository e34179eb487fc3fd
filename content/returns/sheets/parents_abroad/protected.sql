-- Children whose parents are abroad and whom a measure protects, by who left.
SELECT county AS place, period, who AS col, count(DISTINCT person) AS value
FROM abroad
WHERE protected
GROUP BY ALL
