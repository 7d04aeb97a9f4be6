# Airflow's own image, with its Python environment made the locked one, to the package.
#
# What is not in requirements*.txt is removed (the official image brings a hundred more packages, some of
# which want other versions of what is pinned here), so that the lake's bytes come out of the environment
# that was tested, and `pip check` has nothing to say. Who needs another provider adds it to
# requirements-docker.in. The code is not in the image: docker-compose.yaml mounts it, read-only.
FROM apache/airflow:3.3.2-python3.12

USER root
# A volume takes the owner of the folder that it is first mounted on. pyc files of the standard library and,
# below, of the packages: without them each process compiles everything anew, and a start costs twice the CPU.
RUN install -d -o airflow -g 0 -m 775 /opt/dateline /opt/dateline/data \
 && python -IS -m compileall -q -j 0 -x '/(site-packages|tests?|lib2to3)/' \
      "$(python -IS -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"

USER airflow
COPY requirements.txt requirements-docker.txt /opt/dateline/
RUN uv pip sync --no-cache --require-hashes /opt/dateline/requirements.txt /opt/dateline/requirements-docker.txt \
 && pip check \
 && test "$(airflow version)" = "${AIRFLOW_VERSION}" \
 && python -m compileall -q -j 0 "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
 && printf '#!/bin/sh\nexec python -c "import sys; sys.argv[0] = \\"dateline\\"; from dateline.cli.main import main; main()" "$@"\n' > ~/.local/bin/dateline \
 && chmod 755 ~/.local/bin/dateline

ENV PYTHONPATH=/opt/dateline/include OMP_NUM_THREADS=1
WORKDIR /opt/dateline
