#!/usr/bin/env bash
# gongkai redact: what is withheld is gone, and what cannot be proven is not written.
. "$(dirname "$0")/tap.sh"

# A PDF of one page by hand: Helvetica, a name, and the name again as its author. Offsets are left to
# be mended by the reader, as in files that somebody edited.
cat > "$tmp/one.pdf" <<'PDF'
%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 260 90] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 50 >>
stream
BT /F1 14 Tf 10 50 Td (signed by WILKINSON) Tj ET 
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
6 0 obj
<< /Author (WILKINSON) >>
endobj
trailer
<< /Size 7 /Root 1 0 R /Info 6 0 R >>
%%EOF
PDF

run redact "$tmp/one.pdf" --text WILKINSON --out "$tmp/out.pdf"
is "a text is blacked out and proven gone" ends 0 "nothing withheld was found"
is "the result is a PDF without it" eval 'head -c 5 "$tmp/out.pdf" | grep -q "%PDF-" && ! grep -q WILKINSON "$tmp/out.pdf"'
run redact verify "$tmp/out.pdf" --text WILKINSON
is "verifying it again finds nothing" ends 0 "held      structure"
run redact verify "$tmp/one.pdf" --text WILKINSON
is "verifying the document itself finds it, and ends with 1" eval 'exits 1 && says "FAILED"'
run redact "$tmp/one.pdf" --text NOWHERE --out "$tmp/nowhere.pdf"
is "a text that stands nowhere ends with 1" eval 'exits 1 && says "0 places"'
run redact "$tmp/one.pdf" --area 1:0,0,50,50 --ground state_secret --json --out "$tmp/area.pdf"
is "an area with its ground, as JSON" ends 0 '"source":"条例第十四条"'
run redact "$tmp/one.pdf" --text WILKINSON
is "--out is wanted" exits 2
run redact "$tmp/one.pdf" --area 9:0,0,50,50 --out "$tmp/no.pdf"
is "a page that is not there is refused and nothing is written" eval 'exits 2 && [[ ! -e $tmp/no.pdf ]]'
run redact "$tmp/one.pdf" --area nonsense --out "$tmp/no.pdf"
is "an area that is none is refused" eval 'exits 2 && complains "page:left,top,width,height"'
run redact "$tmp/one.pdf" --text WILKINSON --ground whim --out "$tmp/no.pdf"
is "a ground that is none is refused" eval 'exits 2 && complains "law grounds"'
printf '%%PDF-1.7\nnothing' > "$tmp/broken.pdf"
run redact "$tmp/broken.pdf" --text WILKINSON --out "$tmp/no.pdf"
is "a broken PDF ends with 3" eval 'exits 3 && [[ ! -e $tmp/no.pdf ]]'
run redact "$tmp/nothing.pdf" --text WILKINSON --out "$tmp/no.pdf"
is "a file that is not there ends with 3" exits 3
run law grounds
is "the grounds are printed" ends 0 "条例第十六条第二款"

done_testing
