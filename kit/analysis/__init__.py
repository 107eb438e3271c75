"""From records to numbers: metrics, sensitivity, sampling error, calibration, validation."""
