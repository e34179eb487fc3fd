-- Notifications of domestic violence by the quarter in which they were received.
SELECT u.county AS place, a.period AS period, 'n' AS col, count(*) AS value
FROM notifications n
JOIN uats u ON u.uat = n.uat
JOIN asked a ON n.received BETWEEN a.first AND a.last
WHERE n.kind LIKE 'dv%'
GROUP BY ALL
