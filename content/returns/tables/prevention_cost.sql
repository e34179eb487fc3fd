-- Children at risk in the year who were supported, and what follows from the assumptions of this table. Of the
-- placements avoided the assumption says which share of these children would have been placed.
WITH supported AS (
  SELECT k.period AS period, count(DISTINCT k.person) AS children, count(DISTINCT r.about) AS stayed
  FROM at_risk k
  JOIN place p ON p.county = k.county
  LEFT JOIN register_separation_risk r ON r.about = k.person AND r.ended_by = 'together'
  GROUP BY k.period
), given AS (
  SELECT max(amount) FILTER (WHERE key = 'share_placed') AS share, max(amount) FILTER (WHERE key = 'prevention') AS prevention,
         max(amount) FILTER (WHERE key = 'placement') AS placement
  FROM assumed
)
SELECT part.line AS line, a.period AS period,
       CASE part.line
         WHEN 'children' THEN coalesce(s.children, 0)
         WHEN 'stayed' THEN coalesce(s.stayed, 0)
         WHEN 'prevention' THEN round(coalesce(s.children, 0) * g.prevention, 0)
         WHEN 'avoided' THEN round(coalesce(s.children, 0) * g.share / 100, 1)
         WHEN 'placement' THEN round(coalesce(s.children, 0) * g.share / 100 * g.placement, 0)
         ELSE round(coalesce(s.children, 0) * (g.share / 100 * g.placement - g.prevention), 0)
       END AS value
FROM asked a
JOIN given g ON true
JOIN (VALUES ('children'), ('stayed'), ('prevention'), ('avoided'), ('placement'), ('difference')) AS part(line) ON true
LEFT JOIN supported s ON s.period = a.period
