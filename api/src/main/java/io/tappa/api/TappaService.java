package io.tappa.api;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The whole service as Spring sees it; each feature adds its own routes. */
@SpringBootApplication(proxyBeanMethods = false)
public class TappaService {}
