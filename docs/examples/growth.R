# Rscript growth.R FILE: how fast each strategy's effective compute grew in the last two years [doublings/yr].
# FILE is the output of `fleetrace run SCENARIO --format csv`.
series <- read.csv(commandArgs(trailingOnly = TRUE)[1])
series$year <- as.numeric(as.POSIXct(series$time, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")) / (365.25 * 86400)
for (name in unique(series$strategy)) {
  rows <- series[series$strategy == name & series$effective_compute_flop > 0, ]
  late <- rows[rows$year > max(rows$year) - 2, ]
  fit <- lm(log2(effective_compute_flop) ~ year, data = late)
  cat(sprintf("%-7s %.2f\n", name, round(coef(fit)[["year"]], 2) + 0))  # + 0: no -0.00
}
