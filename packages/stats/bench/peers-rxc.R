# Times R's fisher.test on tables that come one a line, as name, number of rows and counts row by row; prints seconds of processor time
# by key as JSON. The workspace is the default one, or 2e8 where that is refused: R fills it, so a larger one costs time.
fields <- strsplit(readLines(file("stdin")), " ")
times <- list()
for (line in fields) {
  x <- matrix(as.numeric(line[-(1:2)]), as.integer(line[2]), byrow = TRUE)
  workspace <- 2e5
  test <- function() fisher.test(x, workspace = workspace)$p.value
  used <- function(calls) sum(system.time(for (k in seq_len(calls)) test())[c("user.self", "sys.self")])
  seconds <- suppressMessages(try(used(1), silent = TRUE))
  if (inherits(seconds, "try-error")) {
    workspace <- 2e8
    seconds <- used(1)
  }
  # What takes a second or more is timed once.
  if (seconds < 1) {
    calls <- 1
    while (used(calls) < 0.03) calls <- calls * 4
    seconds <- median(replicate(5, used(calls))) / calls
  }
  times[[paste("freeman-halton", line[1])]] <- seconds
}
cat("{", paste(sprintf('"%s": %.6g', names(times), unlist(times)), collapse = ", "), "}\n")
