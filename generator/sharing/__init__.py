"""What a reader takes along: citations, QR codes, pictures. A printer takes them by the thousand, so each is made quickly."""
