#!/bin/sh
# usage: examples/make_formats.sh BUILD
# Makes examples/formats/ from examples/five-year-plan.md: the page by the program, Word and
# the workbook by LibreOffice, OFD by the project's writer.
set -eu
cd "$(dirname "$0")"
build=$1 from=five-year-plan to=formats
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

office() {
    soffice "-env:UserInstallation=file://$scratch/profile" --headless \
        "--infilter=HTML ($1)" --convert-to "$2" --outdir "$to" "$3" >/dev/null
}

mkdir -p "$to"
"$build/plumbline" read --dump html "$from.md" >"$to/$from.html"
"$build/tests/formats/to_ofd" "$from.md" "$to/$from.ofd"
office StarWriter "docx:MS Word 2007 XML" "$to/$from.html"
# Cells are text: LibreOffice would make a day of 8-9.
sed -E 's/<(td|th|p|h[1-6])([ >])/<\1 sdnum="1033;0;@"\2/g' "$to/$from.html" \
    >"$scratch/$from.html"
office StarCalc "xlsx:Calc MS Excel 2007 XML" "$scratch/$from.html"
