-- Children with a measure in force on the last month of each year. Who runs the service of a place decides whether a
-- residential measure is of the directorate or of a private provider.
SELECT CASE
         WHEN kind = 'placement_amp' THEN 'amp'
         WHEN kind IN ('placement_extended', 'placement_other', 'guardianship') THEN 'relatives_families_persons'
         WHEN kind = 'special_supervision' THEN 'supervised'
         WHEN is_private THEN 'residential_fpa'
         ELSE 'residential_dgaspc'
       END AS col,
       period, keeper, count(DISTINCT child) AS value
FROM measures
GROUP BY ALL
