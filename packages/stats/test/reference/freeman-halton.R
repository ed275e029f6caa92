# Reference P values and times of test/freeman-halton-test.reference.json:
#   Rscript freeman-halton.R ../freeman-halton-test.reference.json
suppressMessages(library(jsonlite))
tables <- fromJSON(commandArgs(TRUE)[1], simplifyVector = FALSE)$tables
for (entry in tables) {
  if (is.null(entry$rSeconds)) next # R refuses the others or needs more than five minutes
  x <- do.call(rbind, lapply(entry$table, unlist))
  seconds <- system.time(p <- fisher.test(x, workspace = 2e8)$p.value)[[3]]
  cat(sprintf("%-28s %.16g %.4f s\n", entry$name, p, seconds))
}
