#!/usr/bin/env python3
"""A real Slurm on this machine: munged, slurmctld and two slurmd, all on loopback and in one folder."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel")


def missing():
    """Programs of Slurm that are not here."""
    path = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/sbin"))
    return [name for name in DAEMONS if not shutil.which(name, path=path)]


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Cluster:
    """Two nodes of two slots each."""

    NODES = ("n1", "n2")

    def __init__(self, folder, program_folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.processes = {}
        path = os.pathsep.join((str(program_folder), os.environ["PATH"], "/usr/sbin", "/sbin"))
        self.environment = dict(os.environ, PATH=path, SLURM_CONF=str(self.folder / "slurm.conf"))
        for name in ("state", "spool", "log"):
            (self.folder / name).mkdir()
        self.folder.chmod(0o755)
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        controller, *nodes = free_ports(1 + len(self.NODES))
        host = socket.gethostname().split(".")[0]
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        (self.folder / "slurm.conf").write_text(f"""\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={self.folder}/munge.socket
CredType=cred/munge
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool/%n
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd-%n.pid
SlurmctldLogFile={self.folder}/log/slurmctld.log
SlurmdLogFile={self.folder}/log/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_res
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=2
SlurmdParameters=config_overrides
SlurmdTimeout=6
ReturnToService=2
KillWait=1
""" + "".join(f"NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=2 RealMemory=4000\n"
                  for name, port in zip(self.NODES, nodes)) + "PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP\n")

    def start(self, name, *words):
        log = open(self.folder / "log" / f"{name}.out", "ab")
        self.processes[name] = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log, cwd=self.folder,
                                                start_new_session=True)
        log.close()

    def start_node(self, name):
        self.start(name, "slurmd", "-D", "-N", name)

    def run(self, *words):
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=30)

    def __enter__(self):
        f = self.folder
        self.start("munged", "munged", "--foreground", "--force", f"--key-file={f}/munge.key", f"--socket={f}/munge.socket",
                   f"--pid-file={f}/munged.pid", f"--log-file={f}/log/munged.log", f"--seed-file={f}/munge.seed")
        wait_for(lambda: (f / "munge.socket").exists(), 10, "munged")
        self.start("slurmctld", "slurmctld", "-D", "-i")
        for name in self.NODES:
            self.start_node(name)
        wait_for(lambda: self.run("sinfo", "-h", "-t", "idle", "-o", "%D").stdout.strip() == "2", 20, "two idle nodes")
        return self

    def __exit__(self, *_):
        self.run("scancel", "--user", str(os.getuid()))
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(is_so, seconds, what):
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s for {what}")
        time.sleep(0.1)
