#include "sim/output/cluster/cluster_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr const char* kJobs =
    R"yaml(# A study in {{shards}} parts for Kubernetes 1.24 or later, and their merge. Read it, edit it (the image and the volume are yours), and
# hand it in:
#   kubectl apply -f study.yaml
#   kubectl wait --for=condition=complete --timeout=-1s job/fleetrace-parts
#   kubectl patch job/fleetrace-merge --patch '{"spec": {"suspend": false}}'
# A pod that is killed, or whose node fails, is begun again and goes on from what it has kept. Scenarios that are files belong on the
# volume, which is the working folder.
apiVersion: batch/v1
kind: Job
metadata:
  name: fleetrace-parts
spec:
  completionMode: Indexed
  completions: {{shards}}
  parallelism: {{shards}}
  backoffLimit: {{retries}}
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: part
          image: fleetrace
          workingDir: /study
          command: [/bin/sh, -c]
          args:
            - |
              mkdir -p {{parts}}
              exec {{part}}
          resources: {requests: {cpu: {{threads}}, memory: 500Mi}, limits: {memory: 500Mi}}
          volumeMounts: [{name: study, mountPath: /study}]
      volumes: [{name: study, persistentVolumeClaim: {claimName: study}}]
---
apiVersion: batch/v1
kind: Job
metadata:
  name: fleetrace-merge
spec:
  suspend: true
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: merge
          image: fleetrace
          workingDir: /study
          command: [/bin/sh, -c]
          args:
            - |
              exec {{merge}}
          resources: {requests: {cpu: 1, memory: 500Mi}, limits: {memory: 500Mi}}
          volumeMounts: [{name: study, mountPath: /study}]
      volumes: [{name: study, persistentVolumeClaim: {claimName: study}}]
)yaml";

}  // namespace

std::string kubernetes_jobs(const ClusterStudy& study) {
  const std::string parts = shell_word(study.folder + "-parts");
  return filled(
      kJobs,
      {{"shards", std::to_string(study.shards)},
       {"retries", std::to_string(2 * study.shards)},
       {"threads", std::to_string(study.threads)},
       {"parts", parts},
       {"merge", merge_command(parts, shell_word(study.folder))},
       {"part", part_command(study, "auto/" + std::to_string(study.shards), parts + "/\"$JOB_COMPLETION_INDEX\"")}});
}

}  // namespace fleetrace::output
