import htmx from "htmx.org";

// Both would break the pages' content security policy: one writes a style element, the other runs text as code.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
