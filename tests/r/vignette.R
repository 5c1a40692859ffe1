# Runs docs/r.md: `Rscript tests/r/vignette.R READOUT [PLOT]`, in the folder of the repository. Blocks run in order, as they stand,
# in a folder of their own; those of R in one session. A block with a package that is not installed is passed over, and
# that is said; DBI and RSQLite must be there. Where PLOT is given, the plot is kept there (docs/images/r-months.png).

arguments <- commandArgs(trailingOnly = TRUE)
readout <- normalizePath(arguments[1])
root <- getwd()
plot_to <- if (length(arguments) > 1) file.path(root, arguments[2])

# The blocks of a page: language and lines of each.
blocks <- function(page) {
  lines <- readLines(page, encoding = "UTF-8")
  fences <- grep("^```", lines)
  starts <- fences[c(TRUE, FALSE)]
  ends <- fences[c(FALSE, TRUE)]
  Map(function(from, to) list(language = sub("```", "", lines[from]), code = lines[seq(from + 1, to - 1)]), starts, ends)
}

# Packages that a block names and that are not installed.
missing_packages <- function(code) {
  named <- unlist(regmatches(code, gregexpr("(?<=library\\()\\w+|\\w+(?=::)", code, perl = TRUE)))
  Filter(function(name) !requireNamespace(name, quietly = TRUE), unique(named))
}

Sys.setenv(READOUT_HOME = root, PATH = paste(dirname(readout), Sys.getenv("PATH"), sep = .Platform$path.sep))
page <- blocks("docs/r.md")
session <- new.env()
folder <- tempfile("vignette")
dir.create(folder)
setwd(folder)
ran <- 0
for (block in page) {
  lacks <- missing_packages(block$code)
  if (block$language == "sh") {
    script <- tempfile(fileext = ".sh")
    writeLines(block$code, script)
    stopifnot("a command failed" = system2("bash", c("-euo", "pipefail", script)) == 0)
  } else if (length(lacks) > 0) {
    stopifnot("DBI and RSQLite are needed" = !any(lacks %in% c("DBI", "RSQLite")))
    cat("vignette: a block is passed over:", paste(lacks, collapse = ", "), "not installed\n")
    next
  } else {
    source(textConnection(block$code), local = session, print.eval = FALSE)
  }
  ran <- ran + 1
}

with(session, stopifnot(
  "the store has conflicts, with parties" = nrow(conflicts) > 3 && !all(is.na(conflicts$actors)),
  "the store has speakers" = nrow(voices) > 3,
  "codes of CAMEO keep their zeros" = all(nchar(events$cameo) >= 2, na.rm = TRUE) && any(startsWith(events$cameo, "0"), na.rm = TRUE),
  "all events have a type" = !anyNA(events$type),
  "the panel has all dyads in all months" = length(unique(table(panel$date))) == 1 && length(unique(panel$date)) == 5,
  "the panel tells of the reports" = sum(panel$events) > 10,
  "quad classes sum to events" = sum(series[-1]) == sum(panel$events),
  "the first month has no month before" = sum(is.na(panel$conflict_before)) == length(unique(dyad)),
  "the plot is drawn" = file.size("months.png") > 5000
))
if (!is.null(plot_to)) stopifnot(file.copy("months.png", plot_to, overwrite = TRUE))
cat("vignette:", ran, "of", length(page), "blocks run\n")
