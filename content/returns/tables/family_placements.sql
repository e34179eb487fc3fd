-- Children with a measure of placement in a family on the last month of the period.
SELECT CASE kind WHEN 'placement_extended' THEN 'relatives' WHEN 'placement_other' THEN 'others'
                 WHEN 'placement_amp' THEN 'amp' ELSE 'supervised' END AS line,
       'n' AS col, period, keeper, count(DISTINCT child) AS value
FROM measures
WHERE kind IN ('placement_extended', 'placement_other', 'placement_amp', 'special_supervision')
GROUP BY ALL
