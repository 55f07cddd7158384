"""What a reader takes along: citations, QR codes, pictures. Made once for each content, then cached."""
