-- Children at risk of whom the services of the UATs reported in the sheets that they sent.
SELECT county AS place, period, 'n' AS col, sum(amount) AS value
FROM received
WHERE form = 'spas_quarterly' AND line = 'children' AND col = 'total'
GROUP BY county, period
