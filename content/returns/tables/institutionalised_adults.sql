-- Places taken in residential services for adults, as their providers counted them last, by code of the Nomenclature.
SELECT CASE
         WHEN s.code = '8790 CR-D-I' THEN 'care'
         WHEN s.code = '8790 CR-D-II' THEN 'rehab'
         WHEN s.code = '8790 CR-D-VII' THEN 'sheltered'
         WHEN s.code LIKE '8730 CR-V%' THEN 'older'
         ELSE 'emergency'
       END AS line,
       'n' AS col, a.period AS period, CAST(s.provider AS VARCHAR) AS keeper, sum(c.taken) AS value
FROM (SELECT service, max(provider) AS provider, max(code) AS code, max(county) AS county FROM services GROUP BY service) s
JOIN place p ON p.county = s.county
JOIN (SELECT service, max(taken) AS taken FROM capacities GROUP BY service) c ON c.service = s.service
JOIN (SELECT max(period) AS period FROM asked) a ON true
WHERE c.taken IS NOT NULL
  AND (s.code IN ('8790 CR-D-I', '8790 CR-D-II', '8790 CR-D-VII', '8790 CR-PD-I') OR s.code LIKE '8730 CR-V%')
GROUP BY ALL
