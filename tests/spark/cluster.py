"""Runs examples/spark/code_archive.py on a local cluster of two executors, and kills one of them."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "examples/spark/code_archive.py"
SUBMIT = Path(sys.executable).parent / "spark-submit"
TASKS = 8
# Two executors, each a process of its own with one core and so many MiB. Starts fast rather than running fast for long.
FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
CONFIGURATION = {
    "spark.master": "local-cluster[2,1,1024]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": FAST,
    "spark.executor.extraJavaOptions": FAST,
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.codegen.wholeStage": "false",
}


class Run:
    """A job that runs; its log is read as it is written."""

    def __init__(self, archive, out, identifier, **more):
        configuration = CONFIGURATION | {f"spark.{name.replace('_', '.')}": value for name, value in more.items()}
        options = [part for name, value in configuration.items() for part in ("--conf", f"{name}={value}")]
        job = [JOB, archive, out, "--batch", "test", "--tasks", str(TASKS), "--id", identifier]
        environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        self.process = subprocess.Popen(
            [SUBMIT, *options, *job], env=environment, text=True, errors="replace", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self.log = []

    def until(self, pattern):
        """Goes on until a line of the log fits; gives the match, or nothing where the job ends without one."""
        for line in self.process.stderr:
            self.log.append(line.rstrip())
            if found := re.search(pattern, line):
                return found
        return None

    def kill_an_executor(self):
        """Kills an executor that has begun to code, after others have ended doing so; gives its name."""
        stage = self.until(rf"Adding task set (\d+)\.0 with {TASKS} tasks")
        assert stage, self.told()
        for _ in range(TASKS // 4):
            assert self.until(rf"Finished task \S+ in stage {stage[1]}\.0 "), self.told()
        begun = self.until(rf"Starting task \S+ in stage {stage[1]}\.0 .*executor (\d+)")
        assert begun, self.told()
        os.kill(self.executor(begun[1]), signal.SIGKILL)
        return begun[1]

    def executor(self, name):
        """The process of an executor: a child of the job's, which is that of the cluster too."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_text(errors="replace").split("\0")
                parent = re.search(r"^PPid:\t(\d+)$", (process / "status").read_text(), re.M)[1]
            except OSError:
                continue
            if parent == str(self.process.pid) and "--executor-id" in words and words[words.index("--executor-id") + 1] == name:
                return int(process.name)
        raise AssertionError(f"no executor {name}")

    def end(self):
        """Waits for the end, which must be a good one; gives the log."""
        self.until(r"(?!)")
        assert self.process.wait() == 0, self.told()
        return self.log

    def told(self):
        """The end of the log, without what went well."""
        return "\n".join([line for line in self.log if " INFO " not in line][-60:])
