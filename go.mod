module gcm

go 1.26
