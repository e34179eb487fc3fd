-- Children of whom abuse was confirmed, by its main form and the year in which the notification was received.
SELECT CASE
         WHEN n.abuse = 'physical' THEN 'physical'
         WHEN n.abuse IN ('emotional', 'psychological', 'bullying', 'witness') THEN 'emotional'
         WHEN n.abuse = 'sexual' THEN 'sexual'
         WHEN n.abuse = 'exploitation_labour' THEN 'labour'
         WHEN n.abuse = 'exploitation_sexual' THEN 'sexual_exploitation'
         WHEN n.abuse = 'exploitation_crime' THEN 'crime'
         ELSE 'neglect'
       END AS line,
       a.period AS period, CAST(n.keeper AS VARCHAR) AS keeper, count(*) AS value
FROM notified_abuse n
JOIN asked a ON n.received BETWEEN a.first AND a.last
JOIN (SELECT notification, max(uat) AS uat FROM notifications GROUP BY notification) t ON t.notification = n.notification
JOIN (SELECT DISTINCT uat, county FROM institutions) i ON i.uat = t.uat
JOIN place p ON p.county = i.county
WHERE n.certainty = 'confirmed'
  AND (n.abuse IN ('physical', 'emotional', 'psychological', 'sexual', 'bullying', 'witness', 'abandonment')
       OR n.abuse LIKE 'exploitation_%' OR n.abuse LIKE 'neglect_%')
GROUP BY ALL
