-- Services of the directory and their places as stated last, by code and by who runs them.
SELECT s.code AS line, part.col AS col, a.period AS period, sum(CASE part.col
         WHEN 'services' THEN 1
         WHEN 'private' THEN CASE WHEN s.is_private THEN coalesce(c.places, 0) ELSE 0 END
         ELSE CASE WHEN s.is_private THEN 0 ELSE coalesce(c.places, 0) END
       END) AS value
FROM (
  SELECT service, max(code) AS code, bool_or(provider_kind IN ('ngo', 'private', 'church')) AS is_private
  FROM services
  JOIN place p ON p.county = services.county
  WHERE code IS NOT NULL AND status = 'active'
  GROUP BY service
) AS s
LEFT JOIN (
  SELECT service, value AS places,
         row_number() OVER (PARTITION BY service ORDER BY year DESC, value DESC) AS place
  FROM capacities
  WHERE unit IN ('places', 'residential_places', 'day_places', 'persons', 'per_day') AND value IS NOT NULL
) AS c ON c.service = s.service AND c.place = 1
JOIN (VALUES ('services'), ('public'), ('private')) AS part(col) ON true
JOIN asked a ON true
GROUP BY ALL
